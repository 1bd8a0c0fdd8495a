"""The page « Aujourd’hui » of the instructor's JupyterLab: where each module stands, its next gesture, and the gesture that runs."""
