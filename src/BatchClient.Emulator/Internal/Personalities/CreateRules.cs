using System.Collections.Immutable;

namespace BatchGateway.Emulator.Internal;

/// <summary>What a create call must look like, and what is kept of it.</summary>
internal sealed record CreateRules
{
    /// <summary>The only endpoints that are taken; empty when any is.</summary>
    public required ImmutableArray<string> Endpoints { get; init; }

    /// <summary>The only <c>completion_window</c> that is taken, and then it must be there; null when any is, or none.</summary>
    public required string? Window { get; init; }

    /// <summary>Whether <c>metadata</c> is kept, within its limits; else it is dropped unread.</summary>
    public required bool KeepsMetadata { get; init; }

    /// <summary>How many seconds <c>output_expires_after</c> may say; null when it is dropped unread.</summary>
    public required (long Least, long Most)? OutputLifetime { get; init; }

    /// <summary>Whether the input file must have been uploaded for this purpose.</summary>
    public required bool RequiresBatchPurpose { get; init; }
}
