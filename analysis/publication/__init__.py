"""What is handed on: the report, the bundle, the reference tables of the documents."""
