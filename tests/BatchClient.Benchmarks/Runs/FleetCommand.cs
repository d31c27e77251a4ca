namespace BatchGateway.Benchmarks.Runs;

/// <summary>
/// What watching many batches at once costs, in requests: through a gateway that can list them, beside one that cannot, where each batch is looked at
/// by itself. On an emulated clock, with the same life of the batches on both sides.
/// </summary>
internal static class FleetCommand
{
    private static readonly RunOptions Full = new(Lines: 1000, Batches: 1000);

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        RunOptions options = RunOptions.Parse(arguments, Full);
        FleetBill listed = await Fleet.RunAsync(options, canList: true);
        Tell("with lists", listed);
        FleetBill single = await Fleet.RunAsync(options, canList: false);
        Tell("without", single);

        Report.Figure("fleet_requests_share", (double)listed.InFlight / single.InFlight);
        Report.Figure("fleet_requests_share_to_the_end", (double)listed.ToTheEnd / single.ToTheEnd);
        return listed.Lines == options.Lines && single.Lines == options.Lines ? 0 : 1;
    }

    private static void Tell(string side, FleetBill bill)
    {
        (double start, double end) = (bill.Start.TotalSeconds, bill.End.TotalSeconds);
        Report.Comment($"{side}: {bill.InFlight} requests while all batches were in flight, {bill.ToTheEnd} until all had ended");
        Report.Comment($"{side}: {start:0.0} s to make all batches, {end:0.0} s to bring in the results of {bill.Lines} lines");
    }
}
