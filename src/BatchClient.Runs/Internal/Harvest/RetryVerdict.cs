namespace BatchGateway.Runs.Internal;

/// <summary>Whether a line is worth another try.</summary>
internal enum RetryVerdict : byte
{
    /// <summary>No: its outcome stands.</summary>
    Final = 0,

    /// <summary>Yes, and it counts.</summary>
    NextAttempt,

    /// <summary>Yes, and it has its own limit: the line never ran, for its time was over.</summary>
    AfterExpiry,

    /// <summary>Yes, and it has its own limit: the line never ran, for its batch was refused for others.</summary>
    AfterRefusal,
}
