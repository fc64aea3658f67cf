"""What is done with the model: experiments, reports, the command line."""
