"""The keys: the one table of actions, a user's changes to it, and the words that find them."""
