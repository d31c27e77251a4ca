namespace BatchGateway.Internal.Lines;

/// <summary>A line that was written: its number, where it stands in the buffer, its length with the line feed, and what it says.</summary>
internal readonly record struct RequestLine(long Number, int Start, int Length, RequestFacts Facts)
{
    /// <summary>
    /// A plain estimate of the prompt's tokens: four bytes of the body each, the JSON around the texts included. Texts outside of the Latin
    /// alphabet have more bytes for a token, and images fewer tokens than bytes.
    /// </summary>
    public long EstimatedTokens => (Facts.Body.Length + 3L) / 4;
}
