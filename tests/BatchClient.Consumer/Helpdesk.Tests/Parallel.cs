// Every test has a gateway, a clock and a folder of its own.
[assembly: Parallelizable(ParallelScope.All)]
