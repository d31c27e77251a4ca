using BatchGateway.Benchmarks.Calls;

namespace BatchGateway.Benchmarks.Compare;

/// <summary>
/// What one small call costs without the network: ours through registration, authentication, retry, limits and the tolerant models, beside a
/// bare <see cref="HttpClient"/> and beside the OpenAI package.
/// </summary>
internal sealed class CallFigures : IFigures
{
    public IReadOnlyList<string> Names =>
        ["per_call_time_ratio", "per_call_allocated_ratio", "per_call_listened_time_ratio", "per_call_vs_openai_time", "per_call_vs_openai_allocated"];

    public async Task MeasureAsync(CompareContext context)
    {
        using Callers callers = new();
        CallRounds rounds = new([callers.Raw, callers.Ours, callers.Listened, callers.OpenAI]);
        await rounds.RunAsync(context.Options.CallRounds);

        Explain(rounds, callers.Raw, callers.Ours, callers.Listened, callers.OpenAI);
        Report.Figure(Names[0], rounds.Ratio(callers.Ours, callers.Raw, Time));
        Report.Figure(Names[1], rounds.Ratio(callers.Ours, callers.Raw, Allocated));
        Report.Figure(Names[2], rounds.Ratio(callers.Listened, callers.Raw, Time));
        Report.Figure(Names[3], rounds.Ratio(callers.Ours, callers.OpenAI, Time));
        Report.Figure(Names[4], rounds.Ratio(callers.Ours, callers.OpenAI, Allocated));
    }

    private static void Explain(CallRounds rounds, params ReadOnlySpan<Caller> callers)
    {
        foreach (Caller caller in callers)
        {
            double microseconds = rounds.PerCall(caller, Time) * 1e6;
            Report.Comment($"call: {caller.Name} {microseconds:0.00} us, {rounds.PerCall(caller, Allocated):0} bytes allocated");
        }
    }

    private static double Time(Run run) => run.Elapsed.TotalSeconds;

    private static double Allocated(Run run) => run.Allocated;
}
