namespace BatchGateway.Cli.Output;

/// <summary>What the tool's end says to a script.</summary>
internal enum ExitCode
{
    /// <summary>All well.</summary>
    Success = 0,

    /// <summary>Finished, but some lines or the batch did not succeed.</summary>
    NotAllSucceeded = 1,

    /// <summary>Wrong usage or bad input: nothing was sent.</summary>
    Usage = 2,

    /// <summary>The gateway refused or could not be reached.</summary>
    Gateway = 3,

    /// <summary>A create is ambiguous and waits for a decision.</summary>
    Ambiguous = 4,

    /// <summary>Not finished, can be resumed.</summary>
    Unfinished = 5,

    /// <summary>Interrupted.</summary>
    Interrupted = 130,
}
