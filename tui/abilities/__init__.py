"""What the lab can do, an ability a file; the app is all of them."""
