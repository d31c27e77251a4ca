namespace BatchGateway.Runs.Chaos.Judging;

/// <summary>A batch that was really created.</summary>
/// <param name="Id">Its id.</param>
/// <param name="InputFileId">Its file.</param>
/// <param name="Intent">The token that its create carried; null for none.</param>
internal sealed record LedgerBatch(string Id, string InputFileId, string? Intent);
