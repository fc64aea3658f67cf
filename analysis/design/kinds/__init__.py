"""Kinds of designs, a file each; `sampling.DESIGN_KINDS` lists them."""
