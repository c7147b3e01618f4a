"""What the lessons show beside the exercises: recall quizzes, worked examples, live figures."""
