"""Whether a policy helps: arms that use the same random draws, and the differences between them."""
