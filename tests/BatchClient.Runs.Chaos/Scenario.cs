namespace BatchGateway.Runs.Chaos;

/// <summary>What becomes of a run, besides that it is killed.</summary>
internal enum Scenario
{
    /// <summary>It comes to its end.</summary>
    Whole,

    /// <summary>Somebody cancels it while batches are in flight.</summary>
    Cancelled,

    /// <summary>Its deadline passes while batches are in flight.</summary>
    PastItsDeadline,

    /// <summary>Its batches expire with a part of their lines done.</summary>
    Expiring,

    /// <summary>Its first batches are refused for a line, which is set aside while the rest is sent again.</summary>
    BadLines,
}
