"""The frame around the pages: navigation, top bar, menus, notices."""
