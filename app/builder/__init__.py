"""How the page is built: the kernel, what it knows of the model, its font, the one file."""
