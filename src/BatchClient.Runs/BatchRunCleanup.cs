namespace BatchGateway.Runs;

/// <summary>What a run deletes at the gateway. Never before the results of the shard are durable here.</summary>
[Flags]
public enum BatchRunCleanup
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The uploaded files.</summary>
    InputFiles = 1,

    /// <summary>The output and error files.</summary>
    OutputFiles = 2,

    /// <summary>All files of the run.</summary>
    All = InputFiles | OutputFiles,
}
