namespace BatchGateway.Benchmarks;

/// <summary>What this program can be asked to do.</summary>
internal static class Verbs
{
    public const string Compare = "compare";
    public const string Bdn = "bdn";
    public const string RunScale = "run-scale";
    public const string RunFleet = "run-fleet";

    /// <summary>For children of this program.</summary>
    public const string Serve = "serve";

    /// <summary>For children of this program.</summary>
    public const string Memory = "memory";

    /// <summary>For children of this program.</summary>
    public const string Emulate = "emulate";

    /// <summary>For children of this program.</summary>
    public const string DriveRun = "drive-run";
}
