using BatchGateway.Emulator;
using BatchGateway.Runs.Chaos;
using BatchGateway.Runs.Chaos.Modes;

namespace BatchGateway.Runs.Tests.Chaos;

public class MatrixOptionsTests
{
    [Test]
    public void Parse_AllWords_AreTaken()
    {
        MatrixOptions? options = MatrixOptions.Parse(["--rounds", "7", "--seed", "3", "--kills", "40", "--only", "documented", "--scenario", "expiring"]);

        Assert.That(options, Is.Not.Null);
        Assert.That((options!.Rounds, options.Seed, options.Kills), Is.EqualTo((7, 3, 40)));
        Assert.That(options.Scenarios, Is.EqualTo(new[] { Scenario.Expiring }));
        Assert.That(options.Personalities, Is.EqualTo(new[] { EmulatorPersonality.Documented }));
    }

    [TestCase("--rounds")]
    [TestCase("--rounds", "many")]
    [TestCase("--round", "1")]
    [TestCase("--only", "nobody")]
    [TestCase("--scenario", "sunny")]
    public void Parse_WordsThatMeanNothing_IsNull(params string[] words)
    {
        Assert.That(MatrixOptions.Parse(words), Is.Null);
    }
}
