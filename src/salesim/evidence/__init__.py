"""Judge the model by published findings: experiments, measures, and whether each is in its band."""
