"""Whether a policy helps: arms that meet the same luck, and the differences between them."""
