using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace BatchGateway.Cli.Commands;

/// <summary>The help of System.CommandLine, and the command's examples below it.</summary>
internal sealed class HelpWithExamples(HelpAction standard) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        int exitCode = standard.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        if (parseResult.CommandResult.Command is not ToolCommand { Examples: { Count: > 0 } examples })
            return exitCode;

        output.WriteLine("Examples:");
        foreach (string example in examples)
            output.WriteLine($"  {Tool.Name} {example}");
        output.WriteLine();
        return exitCode;
    }
}
