using System.Text;
using BatchGateway.Internal.Lines;
using BatchGateway.Runs.Internal;

namespace BatchGateway.Runs.Tests.Internal.Harvest;

internal sealed class ModelNamesTests
{
    [Test]
    public void NumberOf_SameModel_SameNumber()
    {
        ModelNames names = new();

        Assert.That(new[] { "a", "b", "a" }.Select(name => NumberOf(names, name)), Is.EqualTo(new byte[] { 1, 2, 1 }));
        Assert.That((names[0], names[1], names[2], names.Count), Is.EqualTo(((string?)null, "a", "b", 3)));
    }

    [Test]
    public void NumberOf_AnotherModelInEachLine_StopsCounting()
    {
        ModelNames names = new();

        byte[] numbers = [.. Enumerable.Range(1, 300).Select(number => NumberOf(names, $"model-{number}"))];

        Assert.That(numbers.Skip(100), Is.All.Zero);
        Assert.That(names.Count, Is.EqualTo(101));
    }

    private static byte NumberOf(ModelNames names, string name)
    {
        byte[] body = Encoding.UTF8.GetBytes($"\"{name}\"");
        return names.NumberOf(new JsonSlice(1, body.Length - 2, isString: true), body);
    }
}
