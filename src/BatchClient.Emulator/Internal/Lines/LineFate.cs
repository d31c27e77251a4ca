namespace BatchGateway.Emulator.Internal;

/// <summary>What has become of a line, apart from how its answer reads.</summary>
internal enum LineFate
{
    Answered,

    /// <summary>It was run, and no answer came.</summary>
    Unanswered,

    /// <summary>Its batch ended before it came to it.</summary>
    NotRun,

    /// <summary>A text stands in its place.</summary>
    Raw,

    Vanished,

    VanishedUnbilled,
}
