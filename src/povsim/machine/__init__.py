"""What a computer needs and the economics does not: files, processes, the cache of kernels."""
