namespace BatchGateway.Runs.Internal;

/// <summary>Where a run stands. The numbers are stored.</summary>
internal enum RunState
{
    /// <summary>Its input is being made durable; it has no shards yet.</summary>
    Spooling = 0,

    /// <summary>Its shards are being worked on.</summary>
    Running = 1,

    /// <summary>What is in flight is being cancelled and harvested.</summary>
    Cancelling = 2,

    /// <summary>Nothing is left to do.</summary>
    Ended = 3,
}
