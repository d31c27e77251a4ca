namespace BatchGateway.Runs.Internal;

/// <summary>Gives the lines an outcome that no result file speaks of, by what the batch says about itself.</summary>
internal sealed class SilentLines(HarvestTable table, RetryRules rules, OwnResults own)
{
    private static readonly BatchError Unexplained = new() { Message = "the batch failed, and the gateway does not say why" };

    /// <summary>Settles all of them.</summary>
    /// <param name="batch">The batch at its end.</param>
    /// <param name="unknown">How many result lines belong to no line.</param>
    public void Settle(Batch batch, long unknown)
    {
        if (!table.HasMissing)
            return;
        if (batch.Status.Kind == BatchStatusKind.Failed && table.Found == 0)
            SettleRefused(batch.Errors);
        else
            table.SayOfRest(own.Entry(BatchOutcomeKind.Missing, rules.OfMissing(batch), ReasonOf(batch, unknown)));
    }

    /// <summary>
    /// None of the lines ran: those that the errors name are at fault, and the rest may be sent without them; or all of them failed.
    /// </summary>
    private void SettleRefused(IReadOnlyList<BatchError> errors)
    {
        foreach (BatchError error in errors)
        {
            if (error.Line is > 0 and long line && line <= table.Count && !table[(int)line - 1].IsFound)
                table.Say((int)line - 1, own.Entry(BatchOutcomeKind.Failed, RetryVerdict.Final, error));
        }

        RetryVerdict verdict = table.Found > 0 ? rules.OfUnnamed : RetryVerdict.Final;
        BatchError reason = errors.FirstOrDefault(error => error.Line is null) ?? (errors.Count > 0 ? errors[0] : Unexplained);
        table.SayOfRest(own.Entry(BatchOutcomeKind.Failed, verdict, reason));
    }

    private static BatchError ReasonOf(Batch batch, long unknown)
    {
        string doubt = unknown == 0 ? "" : $"; {unknown} lines there are of no line that was asked for";
        return batch.Errors is [var first, ..]
            ? first
            : new BatchError { Message = $"the batch is '{batch.Status}', and neither of its result files has a line for it{doubt}" };
    }
}
