"""What drives a result: factors, mechanisms, and where the outcome turns."""
