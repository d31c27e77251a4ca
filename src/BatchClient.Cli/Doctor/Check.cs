using BatchGateway.Cli.Output;

namespace BatchGateway.Cli.Doctor;

/// <summary>One thing that a gateway was asked.</summary>
/// <param name="Name">What.</param>
/// <param name="Answer">How it came out.</param>
/// <param name="Detail">What was seen.</param>
/// <param name="Call">The call that it was seen in; null when it was none of its own.</param>
/// <param name="End">How the tool ends because of it.</param>
internal sealed record Check(string Name, Answer Answer, string Detail, MeteredCall? Call = null, ExitCode End = ExitCode.Success)
{
    public string AnswerText => Answer switch
    {
        Answer.Ok => "ok",
        Answer.No => "no",
        _ => "not asked",
    };
}
