"""What the command line says: tables and sentences."""
