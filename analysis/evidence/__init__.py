"""What has been observed, and how the model compares with it."""
