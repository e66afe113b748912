"""What every face needs: the frame of a view, forms that keep refusals, pages for errors, small addresses."""
