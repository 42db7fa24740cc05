"""Results as one page that anybody can open, print and hear read, and as slides."""
