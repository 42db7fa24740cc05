"""Judge the model by published findings: the experiments, what they measure, and whether it is in its band."""
