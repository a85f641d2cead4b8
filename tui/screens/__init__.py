"""The lab's screens beside the main one."""
