namespace BatchGateway.Cli.Doctor;

/// <summary>How a check came out.</summary>
internal enum Answer
{
    /// <summary>It was not tried, or could not be.</summary>
    NotAsked = 0,

    /// <summary>The gateway can do it.</summary>
    Ok,

    /// <summary>It cannot, or does not.</summary>
    No,
}
