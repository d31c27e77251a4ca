namespace BatchGateway.Tests;

public sealed class BatchGatewayOptionsTests
{
    [TestCase("https://user:hunter2@gateway.example")]
    [TestCase("user:hunter2@gateway.example")]
    public void ToString_PasswordInTheAddress_IsNotShown(string url)
    {
        BatchGatewayOptions options = new() { ControlPlaneUrl = url, ApiKey = "secret" };

        Assert.That(options.ToString(), Does.Contain("gateway.example").And.Not.Contain("hunter2").And.Not.Contain("secret"));
    }
}
