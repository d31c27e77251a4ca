namespace BatchGateway.Internal.Lines;

/// <summary>One line of a file: where it stands, and its bytes unless it is too long to be read.</summary>
internal readonly record struct JsonLine(long Number, long Offset, ReadOnlyMemory<byte> Bytes, bool IsTooLong);
