namespace BatchGateway.Internal.Lines;

/// <summary>The lines of an input up to the one that is being checked.</summary>
internal interface IEarlierLines
{
    /// <summary>The number of the line that has a custom id; null when none has.</summary>
    long? Find(ReadOnlySpan<byte> customId);
}
