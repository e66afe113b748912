"""The cloud hall (云上科普日): what is online now, next and afterwards, by place and by day; the matrix of broadcasts."""
