using System.CommandLine;
using BatchGateway.Cli.Doctor;
using BatchGateway.Cli.Output;
using Microsoft.Extensions.DependencyInjection;

namespace BatchGateway.Cli.Commands;

internal sealed class DoctorCommand : ToolCommand
{
    private const string DefaultModel = "gpt-4o-mini";

    private readonly Option<bool> _create = new("--create") { Description = "Also create a batch of one tiny line, and cancel it at once" };
    private readonly Option<string?> _model = new("--model") { Description = $"The model of that line [default: {DefaultModel}]", HelpName = "M" };

    public DoctorCommand()
        : base(
            "doctor",
            "Asks the gateway what it can do, at no cost. Its text is what belongs into a bug report.",
            "doctor",
            "doctor --create --model gpt-4o-mini",
            "doctor --json")
    {
        Add(_create);
        Add(_model);
    }

    protected override async Task<ExitCode> RunAsync(Session session)
    {
        CallMeter meter = new(session.Clock);

        // One attempt each: what is shown is what that attempt met.
        session.Add(services => services
            .ConfigureHttpClientDefaults(client => client.AddHttpMessageHandler(meter.NewHandler))
            .PostConfigureAll<BatchGatewayOptions>(options => options.MaxAttempts = 1));
        session.IfInterrupted("Nothing was changed at the gateway but for a tiny file, which is deleted again.", "Run the same command again.");

        Examination examination = new(session, meter, new TestFile(session.Get(_model) ?? DefaultModel));
        IReadOnlyList<Check> checks = await session.Screen.AskingAsync(() => examination.RunAsync(session.Get(_create)));

        DoctorReport report = new(session.Settings, checks, session.Clean);
        session.Screen.Show(report.WriteTo, report.View);
        return report.ExitCode;
    }
}
