"""What can be said: scenarios, policies and single settings, read and checked."""
