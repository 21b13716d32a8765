"""What all figures share: colours, type, the basemap, and the identity of every mark."""
