using System.Collections.Immutable;

namespace BatchGateway.Emulator.Internal;

/// <summary>What an input file must look like, and the codes that tell where it does not.</summary>
internal sealed record InputRules
{
    /// <summary>The urls that a batch can call: another one is <c>invalid_url</c>. Empty when any that is the batch's endpoint is.</summary>
    public required ImmutableArray<string> Urls { get; init; }

    /// <summary>How many lines a file may have; null for no limit.</summary>
    public required int? MostLines { get; init; }

    /// <summary>How many inputs all lines for embeddings may have together; null for no limit.</summary>
    public required int? MostEmbeddingInputs { get; init; }

    /// <summary>The code for a line without a member that it needs.</summary>
    public required string MissingMember { get; init; }

    /// <summary>The code for a line with another model than the first.</summary>
    public required string AnotherModel { get; init; }
}
