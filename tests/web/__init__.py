"""Claims about the page shell, the components and the pages for what goes wrong."""
