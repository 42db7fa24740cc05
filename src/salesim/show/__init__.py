"""What can be seen: sentences, tables and figures."""
