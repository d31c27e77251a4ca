using System.CommandLine;
using BatchGateway.Cli.Input;
using BatchGateway.Cli.Output;

namespace BatchGateway.Cli.Commands;

internal sealed class PlanCommand : ToolCommand
{
    private readonly InputArguments _input;
    private readonly Option<BatchLimits?> _profile = Profiles.Option();
    private readonly Option<string?> _price = new("--price") { Description = "JSON with prices by model, for the cost", HelpName = "FILE" };

    public PlanCommand()
        : base(
            "plan",
            "Says what lines would become, and every problem with its line number. Nothing is sent.",
            "plan lines.jsonl",
            "plan lines.jsonl --profile azure --price prices.json",
            "plan lines.jsonl --json | jq '.problems[].line'")
    {
        _input = new InputArguments(this);
        Add(_profile);
        Add(_price);
    }

    protected override async Task<ExitCode> RunAsync(Session session)
    {
        IReadOnlyDictionary<string, TokenPrice>? prices = session.Get(_price) is { } file ? PriceFile.Read(file) : null;
        using InputFile input = await _input.OpenAsync(session);
        session.IfInterrupted("Nothing was sent.", "Run the same command again.");

        BatchPlan plan = await BatchPlan.MakeAsync(input.ReadLinesAsync(session.Cancelled), session.LimitsOf(_profile), prices, session.Cancelled);
        session.Screen.Show(json => PlanDocument.Write(json, plan), () => PlanViews.One(plan, session.Screen.Width));
        if (prices is not null && plan.Batches.Count > 0 && plan.EstimatedCost is null)
            session.Screen.Note("Note", plan.Model is null ? "The lines name no model, so there is no price for them." : $"The price file has no model '{plan.Model}'.");
        return plan.ProblemCount == 0 ? ExitCode.Success : ExitCode.Usage;
    }
}
