"""Reading business cards, codes and address files, and the inbox in which what was read waits to be looked over."""
