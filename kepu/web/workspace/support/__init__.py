"""帮助: whom to ask and how to reach them, questions and answers, trainings, and the way to the training space."""
