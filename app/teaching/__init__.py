"""Lessons: their files, their claims held against the model, the trainers' guide."""
