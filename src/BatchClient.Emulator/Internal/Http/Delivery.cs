namespace BatchGateway.Emulator.Internal;

/// <summary>How an answer's body travels: what is announced, how much of it is sent, how fast, and what comes then.</summary>
internal sealed record Delivery(long? ContentLength, long Bytes)
{
    /// <summary>Whether the connection is closed afterwards, whatever was announced.</summary>
    public bool Breaks { get; init; }

    /// <summary>How long to wait after each piece but the last, on the emulator's clock.</summary>
    public TimeSpan Pause { get; init; }

    /// <summary>The size of a piece.</summary>
    public long PieceBytes { get; init; } = long.MaxValue;

    public static Delivery Whole(ReplyBody body) => new(body.Length, body.Length);
}
