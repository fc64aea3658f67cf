"""The trainers' page: the model in the browser, built from the same compiled rules."""
