namespace BatchGateway.Internal.Operations;

/// <summary>Where a result line stands: in which of the result files, and in which line of it.</summary>
internal readonly record struct LinePlace(int File, long Number);
