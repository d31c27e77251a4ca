using System.Reflection;
using BatchGateway.Tests.Support;

namespace BatchGateway.Tests.Conventions;

public sealed class PublicApiTests
{
    private const string AcceptVariable = "BATCHCLIENT_ACCEPT_API";

    private static readonly object[] Budgets = [new object[] { Libraries.Client, 60 }, new object[] { Libraries.Emulator, 15 }, new object[] { Libraries.Runs, 15 }];

    [TestCaseSource(typeof(Libraries), nameof(Libraries.All))]
    public void PublicApi_Listing_IsTheApprovedOne(Assembly assembly)
    {
        string path = Path.Combine(SourceTree.Tests, "Conventions", $"PublicApi.{assembly.GetName().Name}.approved.txt");
        string listing = ApiText.Of(assembly);
        if (Environment.GetEnvironmentVariable(AcceptVariable) == "1")
            File.WriteAllText(path, listing);

        string approved = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";

        Assert.That(
            listing,
            Is.EqualTo(approved),
            $"The public API of {assembly.GetName().Name} is not the approved one. If it should be, run the tests once with {AcceptVariable}=1, look at the diff of {Path.GetFileName(path)}, and commit it.");
    }

    [TestCaseSource(nameof(Budgets))]
    public void PublicTypes_Number_IsWithinTheBudget(Assembly assembly, int budget) => Assert.That(
        assembly.GetExportedTypes(),
        Has.Length.LessThanOrEqualTo(budget),
        "Make the new type internal, or a parameter or method of one that exists. To raise the budget, write a page in docs/decisions/.");
}
